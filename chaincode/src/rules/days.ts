export * from '../model/days';
